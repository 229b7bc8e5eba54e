/** The Step Functions API in its HTTP form: JSON 1.0, as the clients of AWS speak it. */
@NullMarked
package dev.reprise.api.http;

import org.jspecify.annotations.NullMarked;
