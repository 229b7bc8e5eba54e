package dev.reprise.journal.codec;

/** Text that UTF-8 can carry: halves of characters cannot be stored. */
final class Surrogates {

    private Surrogates() {}

    /** The text itself or, when it holds half a character, a copy with U+FFFD in its place. */
    static String whole(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return mended(text);
            }
        }
        return text;
    }

    private static String mended(String text) {
        StringBuilder mended = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isSurrogate(c)) {
                mended.append(c);
            } else if (i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1))) {
                mended.append(c).append(text.charAt(++i));
            } else {
                mended.append('\ufffd');
            }
        }
        return mended.toString();
    }
}
