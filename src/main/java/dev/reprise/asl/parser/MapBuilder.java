package dev.reprise.asl.parser;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.asl.DataFlow;
import dev.reprise.asl.ItemBatcher;
import dev.reprise.asl.ItemProcessor;
import dev.reprise.asl.ItemProcessor.ExecutionType;
import dev.reprise.asl.ItemProcessor.Mode;
import dev.reprise.asl.ItemReader;
import dev.reprise.asl.ItemReader.ReaderConfig;
import dev.reprise.asl.QueryLanguage;
import dev.reprise.asl.Resource;
import dev.reprise.asl.ResultWriter;
import dev.reprise.asl.State;
import dev.reprise.asl.Transition;
import dev.reprise.asl.Value;
import org.jspecify.annotations.Nullable;

/** Makes a Map state. */
final class MapBuilder {

    private final MachineBuilder machine;
    private final String name;
    private final Fields fields;

    MapBuilder(MachineBuilder machine, String name, Fields fields) {
        this.machine = machine;
        this.name = name;
        this.fields = fields;
    }

    State.Map map(DataFlow flow, Transition transition) {
        return new State.Map(
                name,
                fields.language(),
                flow,
                items(),
                fields.has("ItemSelector") ? fields.json("ItemSelector") : fields.json("Parameters"),
                processor(),
                fields.value("MaxConcurrency"),
                fields.value("ToleratedFailureCount"),
                fields.value("ToleratedFailurePercentage"),
                fields.has("ItemReader") ? reader(fields.inner("ItemReader")) : null,
                fields.has("ItemBatcher") ? batcher(fields.inner("ItemBatcher")) : null,
                fields.has("ResultWriter") ? writer(fields.inner("ResultWriter")) : null,
                fields.text("Label"),
                CompletionBuilder.options(fields.inner("Reprise")),
                FailureBuilder.retriers(fields),
                FailureBuilder.catchers(fields),
                transition);
    }

    /** JSONPath spells it {@code ItemsPath}, JSONata {@code Items}. */
    private @Nullable Value items() {
        return fields.value("Items");
    }

    private ItemProcessor processor() {
        Fields processor = fields.inner(fields.has("ItemProcessor") ? "ItemProcessor" : "Iterator");
        Fields config = processor.inner("ProcessorConfig");
        return new ItemProcessor(
                config.choice("Mode", Mode.INLINE),
                config.choice("ExecutionType", ExecutionType.STANDARD),
                machine.body(processor.object()));
    }

    private ItemReader reader(Fields reader) {
        Fields config = reader.inner("ReaderConfig");
        return new ItemReader(
                Resource.parse(reader.requiredText("Resource")),
                request(reader),
                new ReaderConfig(
                        config.text("InputType"),
                        config.text("Transformation"),
                        config.text("ManifestType"),
                        config.text("CSVHeaderLocation"),
                        config.json("CSVHeaders"),
                        config.text("CSVDelimiter"),
                        config.text("ItemsPointer"),
                        config.value("MaxItems")));
    }

    private @Nullable JsonNode request(Fields reader) {
        return reader.json(reader.language() == QueryLanguage.JSONATA ? "Arguments" : "Parameters");
    }

    private static ItemBatcher batcher(Fields batcher) {
        return new ItemBatcher(
                batcher.json("BatchInput"), batcher.value("MaxItemsPerBatch"), batcher.value("MaxInputBytesPerBatch"));
    }

    private ResultWriter writer(Fields writer) {
        Fields config = writer.inner("WriterConfig");
        String resource = writer.text("Resource");
        return new ResultWriter(
                resource == null ? null : Resource.parse(resource),
                request(writer),
                config.text("Transformation"),
                config.text("OutputType"));
    }
}
