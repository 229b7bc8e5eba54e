package dev.reprise.workflow;

/**
 * What stands for a token.
 *
 * @param token the name: {@code Table} of {@code ${Table}}
 * @param value what takes its place, as it is: nothing is quoted
 * @param origin who says so, such as {@code workflows/orders.substitutions.json:3:5} or
 *     {@code reprise.substitutions.OrdersTable}
 */
record Substitution(String token, String value, String origin) {}
