package dev.reprise.bench;

import dev.reprise.core.ScopePath;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Reading a resumed journal parses the path of each entry. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
public class ScopePaths {

    private String path = "/ProcessOrders[17]/Fanout#2[0]";

    @Benchmark
    public ScopePath parseScopePath() {
        return ScopePath.parse(path);
    }
}
