package dev.reprise.core;

/** Makes seeds for random numbers out of names and positions. */
final class Seeds {

    private Seeds() {}

    /** A 64-bit hash of a text (FNV-1a), the same on every machine. */
    static long of(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }

    /** One seed out of several; neighbouring parts give unrelated seeds. */
    static long mix(long... parts) {
        long mixed = 0;
        for (long part : parts) {
            mixed = (mixed + part) * 0x9e3779b97f4a7c15L;
            mixed = (mixed ^ (mixed >>> 29)) * 0xbf58476d1ce4e5b9L;
            mixed ^= mixed >>> 32;
        }
        return mixed;
    }
}
