package dev.reprise.asl.parser;

/** Templates in whichever query language the state has. */
final class Templates {

    static final FieldType ANY = inLanguage(PayloadTemplates.TEMPLATE, Jsonata.TEMPLATE);

    static final FieldType OBJECT = inLanguage(PayloadTemplates.OBJECT, Jsonata.OBJECT_TEMPLATE);

    private Templates() {}

    static FieldType inLanguage(FieldType jsonPath, FieldType jsonata) {
        return (value, place, checking) -> (checking.isJsonata() ? jsonata : jsonPath).check(value, place, checking);
    }
}
