package dev.reprise.bench;

/** A benchmark that is a run of its own and takes its figures itself. */
interface Measurement {

    /** Takes down figures; a line of output each. */
    interface Report {

        /**
         * @param figure what of the measurement, in lower case with hyphens
         * @param unit such as {@code ms}, {@code ops/s} or {@code write-units}
         */
        void figure(String figure, double value, String unit);
    }

    /** In lower case with hyphens; begins the name of each of its figures. */
    String name();

    void run(Report report) throws Exception;
}
