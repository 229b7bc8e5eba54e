package dev.reprise.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.Test;

class JsonLogFormatterTest {

    private final RequestUnderWay request = new RequestUnderWay();
    private final JsonLogFormatter formatter = new JsonLogFormatter(request);

    @Test
    void whatIsSaidWithParametersIsWrittenWithThem() throws Exception {
        ExtLogRecord said = new ExtLogRecord(Level.INFO, "%s took %d", ExtLogRecord.FormatStyle.PRINTF, "Logger");
        said.setParameters(new Object[] {"Charge", 3});

        assertThat(new ObjectMapper()
                        .readTree(formatter.format(said))
                        .path("message")
                        .textValue())
                .isEqualTo("Charge took 3");
    }

    @Test
    void aLineIsOneObjectWhateverIsSaid() throws Exception {
        request.begin("r-7", null);
        LogRecord said = new LogRecord(Level.WARNING, "first\nsecond \"quoted\"");
        said.setLoggerName("org.example.Charges");
        said.setThrown(new IllegalStateException("no\nmoney"));

        String line = formatter.format(said);

        assertThat(line.indexOf('\n')).isEqualTo(line.length() - 1);
        JsonNode json = new ObjectMapper().readTree(line);
        assertThat(json.path("level").textValue()).isEqualTo("WARN");
        assertThat(json.path("logger").textValue()).isEqualTo("org.example.Charges");
        assertThat(json.path("message").textValue()).isEqualTo("first\nsecond \"quoted\"");
        assertThat(json.path("requestId").textValue()).isEqualTo("r-7");
        assertThat(json.path("stackTrace").textValue()).contains("IllegalStateException", "no\nmoney");
        assertThat(json.has("executionArn")).isFalse();
    }
}
