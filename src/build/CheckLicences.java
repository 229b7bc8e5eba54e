import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Holds a bill of materials against the licences that may be shipped.
 *
 * <p>Arguments: the file of allowed licences, and the bill, CycloneDX as JSON. Ends with the status 1 when a library
 * has none of them.
 */
public final class CheckLicences {

    private CheckLicences() {}

    public static void main(String[] arguments) throws Exception {
        Set<String> allowed = Files.readAllLines(Path.of(arguments[0])).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .collect(Collectors.toCollection(TreeSet::new));
        JsonNode components =
                new ObjectMapper().readTree(Path.of(arguments[1]).toFile()).path("components");
        List<String> refused = new ArrayList<>();
        for (JsonNode component : components) {
            List<String> licences = new ArrayList<>();
            component.path("licenses").forEach(each -> {
                JsonNode licence = each.path("license");
                licences.add(each.path("expression")
                        .asText(licence.path("id").asText(licence.path("name").asText())));
            });
            boolean ours = component.path("group").asText().equals("dev.reprise");
            if (!ours && licences.stream().noneMatch(allowed::contains)) {
                refused.add(component.path("purl").asText() + " " + licences);
            }
        }
        if (components.isEmpty()) {
            refused.add(arguments[1] + " names no library");
        }
        if (!refused.isEmpty()) {
            System.err.println("Not among the licences of " + arguments[0] + ":\n" + String.join("\n", refused));
            System.exit(1);
        }
        System.out.println(arguments[1] + ": " + components.size() + " libraries, all licences allowed");
    }
}
