package dev.reprise.query.jsonata.picture;

/**
 * A sub-picture taken apart.
 *
 * @param text all of it
 * @param active what lies between prefix and suffix
 * @param exponent after its separator; empty when there is none
 */
record NumberSubPictureParts(
        String text, String prefix, String active, String suffix, String whole, String fraction, String exponent) {

    static NumberSubPictureParts of(String text, NumberSymbols symbols) {
        int[] characters = text.codePoints().toArray();
        int start = 0;
        while (start < characters.length && !begins(characters[start], symbols)) {
            start++;
        }
        int end = characters.length;
        while (end > start && !begins(characters[end - 1], symbols)) {
            end--;
        }
        if (start == characters.length) {
            // Nothing in it stands for a number: the reference takes it all for the active part, and then finds it
            // wrong.
            start = 0;
            end = characters.length;
        }
        String prefix = new String(characters, 0, start);
        String active = new String(characters, start, end - start);
        String suffix = new String(characters, end, characters.length - end);
        int separator = active.indexOf(symbols.exponentSeparator());
        String mantissa = separator < 0 ? active : active.substring(0, separator);
        String exponent = separator < 0
                ? ""
                : active.substring(separator + symbols.exponentSeparator().length());
        int point = mantissa.indexOf(symbols.decimalSeparator());
        return new NumberSubPictureParts(
                text,
                prefix,
                active,
                suffix,
                point < 0 ? mantissa : mantissa.substring(0, point),
                point < 0
                        ? ""
                        : mantissa.substring(point + symbols.decimalSeparator().length()),
                exponent);
    }

    /** An exponent's separator alone, such as the e of a word, begins nothing. */
    private static boolean begins(int character, NumberSymbols symbols) {
        return symbols.isActive(character) && !NumberSymbols.is(character, symbols.exponentSeparator());
    }

    /** Throws the last rule that is broken, as the reference implementation does. */
    void check(NumberSymbols symbols) {
        String code = "";
        code = repeated(symbols.decimalSeparator()) ? "D3081" : code;
        code = repeated(symbols.percent()) ? "D3082" : code;
        code = repeated(symbols.perMille()) ? "D3083" : code;
        code = text.contains(symbols.percent()) && text.contains(symbols.perMille()) ? "D3084" : code;
        code = (whole + fraction).codePoints().noneMatch(symbols::isPlace) ? "D3085" : code;
        code = active.codePoints().allMatch(symbols::isActive) ? code : "D3086";
        code = groupingBesidePoint(symbols) ? "D3087" : code;
        code = groupingAtEnd(symbols) ? "D3088" : code;
        code = active.contains(symbols.groupingSeparator().repeat(2)) ? "D3089" : code;
        code = isOutOfOrder(whole, symbols, true) ? "D3090" : code;
        code = isOutOfOrder(fraction, symbols, false) ? "D3091" : code;
        code = badExponent(symbols, code);
        if (!code.isEmpty()) {
            throw NumberSubPicture.wrong(code);
        }
    }

    private boolean repeated(String symbol) {
        return text.indexOf(symbol) != text.lastIndexOf(symbol);
    }

    private boolean groupingBesidePoint(NumberSymbols symbols) {
        String point = symbols.decimalSeparator();
        String group = symbols.groupingSeparator();
        return active.contains(group + point) || active.contains(point + group);
    }

    private boolean groupingAtEnd(NumberSymbols symbols) {
        return !active.contains(symbols.decimalSeparator()) && whole.endsWith(symbols.groupingSeparator());
    }

    /** Places that may be left out come first in the whole part and last in the fraction. */
    private static boolean isOutOfOrder(String part, NumberSymbols symbols, boolean optionalFirst) {
        int firstDigit = -1;
        int lastDigit = -1;
        for (int i = 0; i < part.length(); i++) {
            if (symbols.isDigit(part.codePointAt(i))) {
                firstDigit = firstDigit < 0 ? i : firstDigit;
                lastDigit = i;
            }
        }
        return firstDigit >= 0
                && (optionalFirst
                        ? part.indexOf(symbols.digit(), firstDigit) >= 0
                        : part.substring(0, lastDigit).contains(symbols.digit()));
    }

    private String badExponent(NumberSymbols symbols, String code) {
        if (!active.contains(symbols.exponentSeparator())) {
            return code;
        }
        if (!exponent.isEmpty() && (text.contains(symbols.percent()) || text.contains(symbols.perMille()))) {
            return "D3092";
        }
        return exponent.isEmpty() || !exponent.codePoints().allMatch(symbols::isDigit) ? "D3093" : code;
    }
}
