package dev.reprise;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * What the build brings has licences that are allowed. All of the class path is looked at, of which the function has a
 * part; {@code ./mvnw package -Psbom} holds that part against the same list.
 */
class DependencyLicencesTest {

    private static final Path ALLOWED = Path.of("src", "build", "licences.txt");

    /** How POMs call them. */
    private static final Map<String, Pattern> NAMES = Map.of(
            "Apache-2.0",
                    Pattern.compile(
                            "Apache-2\\.0|Apache 2\\.0|(The )?Apache (Software )?License,?( Version)? 2\\.0",
                            Pattern.CASE_INSENSITIVE),
            "BSD-2-Clause", Pattern.compile("BSD-2-Clause"),
            "BSD-3-Clause", Pattern.compile("BSD-3-Clause"),
            "EPL-2.0", Pattern.compile("EPL[- ]2\\.0|Eclipse Public License(,? Version| v\\.?)? ?2\\.0"),
            "MIT", Pattern.compile("MIT|MIT License"),
            "MIT-0", Pattern.compile("MIT-0"),
            "UPL-1.0", Pattern.compile("Universal Permissive License, Version 1\\.0"));

    /** Tools of Quarkus' build and tests, which nothing ships. */
    private static final Map<String, String> OF_THE_BUILD_ALONE = Map.of(
            "aopalliance", "Public Domain",
            "javax.annotation-api", "CDDL + GPLv2 with classpath exception",
            "jdk-classfile-backport", "GNU General Public License, version 2, with the Classpath Exception");

    @Test
    void eachLibraryHasALicenceThatIsAllowed() throws Exception {
        Set<String> allowed = Files.readAllLines(ALLOWED).stream()
                .filter(line -> !line.startsWith("#"))
                .collect(Collectors.toCollection(TreeSet::new));
        Map<String, List<String>> refused = new TreeMap<>();
        int looked = 0;
        for (Path jar : jars()) {
            looked++;
            List<String> licences = licences(pomBeside(jar));
            String artifact = jar.getParent().getParent().getFileName().toString();
            boolean isAllowed = licences.stream()
                    .anyMatch(name -> allowed.stream()
                            .anyMatch(id -> NAMES.getOrDefault(id, Pattern.compile("(?!)"))
                                    .matcher(name)
                                    .matches()));
            if (!isAllowed && !licences.contains(OF_THE_BUILD_ALONE.get(artifact))) {
                refused.put(jar.getFileName().toString(), licences);
            }
        }

        assertThat(looked).isGreaterThan(100);
        assertThat(refused).isEmpty();
    }

    /** A list that allowed what nobody can recognise would allow nothing more. */
    @Test
    void eachLicenceThatIsAllowedIsKnown() throws IOException {
        assertThat(Files.readAllLines(ALLOWED).stream().filter(line -> !line.startsWith("#")))
                .containsExactlyInAnyOrderElementsOf(NAMES.keySet());
    }

    /** Those of Maven's repository: what was compiled here is ours. */
    private static List<Path> jars() {
        List<Path> jars = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(Pattern.quote(File.pathSeparator), -1)) {
            Path jar = Path.of(entry).toAbsolutePath();
            if (entry.endsWith(".jar") && Files.isRegularFile(pomBeside(jar))) {
                jars.add(jar);
            }
        }
        return jars;
    }

    private static Path pomBeside(Path jar) {
        Path version = jar.getParent();
        Path artifact = version.getParent();
        return artifact == null ? jar : version.resolve(artifact.getFileName() + "-" + version.getFileName() + ".pom");
    }

    private static List<String> licences(Path pom) throws Exception {
        if (!Files.isRegularFile(pom)) {
            return List.of("no " + pom);
        }
        Element project = DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(pom.toFile())
                .getDocumentElement();
        List<String> names = new ArrayList<>();
        Element licences = child(project, "licenses");
        if (licences != null) {
            for (Node each = licences.getFirstChild(); each != null; each = each.getNextSibling()) {
                if (each instanceof Element licence && child(licence, "name") != null) {
                    names.add(child(licence, "name").getTextContent().strip());
                }
            }
        }
        Element parent = child(project, "parent");
        if (!names.isEmpty() || parent == null) {
            return names;
        }
        String group = child(project, "groupId") == null
                ? child(parent, "groupId").getTextContent().strip()
                : child(project, "groupId").getTextContent().strip();
        Path repository = pom.getParent().getParent().getParent();
        for (int i = 0; i < group.split("\\.", -1).length; i++) {
            repository = repository.getParent();
        }
        String artifact = child(parent, "artifactId").getTextContent().strip();
        String version = child(parent, "version").getTextContent().strip();
        return licences(repository
                .resolve(child(parent, "groupId").getTextContent().strip().replace('.', '/'))
                .resolve(artifact)
                .resolve(version)
                .resolve(artifact + "-" + version + ".pom"));
    }

    private static Element child(Element of, String name) {
        NodeList children = of.getChildNodes();
        for (int i = 0; i < children.getLength(); i++) {
            if (children.item(i) instanceof Element element
                    && element.getTagName().equals(name)) {
                return element;
            }
        }
        return null;
    }
}
