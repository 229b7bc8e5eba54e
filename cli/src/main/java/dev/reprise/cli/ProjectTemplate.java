package dev.reprise.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * The Maven archetype's files, which the build has put beside these classes, and what it does with them: its descriptor
 * says which are filtered, and which stand below the package's folder.
 *
 * @see <a
 *     href="https://maven.apache.org/archetype/archetype-models/archetype-descriptor/archetype-descriptor.html">Maven,
 *     Archetype Descriptor</a>
 */
final class ProjectTemplate {

    private static final Pattern WILD = Pattern.compile("\\*\\*/|\\*\\*|\\*");

    private static final String FOLDER = "/archetype/";

    /** Files that the archetype renames when it is done, for Maven leaves some names out of a jar. */
    private static final Map<String, String> RENAMED = Map.of("gitignore", ".gitignore");

    /**
     * Files that are treated alike.
     *
     * @param directory where they stand, with a slash at its end unless it is empty
     * @param filtered whether what stands for the project's names is replaced
     * @param packaged whether they go below the folder of the package
     */
    private record FileSet(String directory, boolean filtered, boolean packaged, List<Pattern> includes) {

        boolean has(String path) {
            return path.startsWith(directory)
                    && includes.stream()
                            .anyMatch(each -> each.matcher(path.substring(directory.length()))
                                    .matches());
        }
    }

    private final List<FileSet> fileSets;
    private final List<String> paths;

    private ProjectTemplate(List<FileSet> fileSets, List<String> paths) {
        this.fileSets = fileSets;
        this.paths = paths;
    }

    static ProjectTemplate load() {
        try (InputStream descriptor = open("archetype-metadata.xml")) {
            NodeList sets = DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(descriptor)
                    .getElementsByTagName("fileSet");
            List<FileSet> fileSets = new ArrayList<>();
            for (int i = 0; i < sets.getLength(); i++) {
                fileSets.add(fileSet((Element) sets.item(i)));
            }
            return new ProjectTemplate(
                    fileSets,
                    new String(read("index.txt"), StandardCharsets.UTF_8)
                            .lines()
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException("Reading what the build has put here failed", e);
        } catch (SAXException | ParserConfigurationException e) {
            throw new IllegalStateException("The archetype's descriptor is no XML", e);
        }
    }

    private static FileSet fileSet(Element element) {
        List<Pattern> includes = new ArrayList<>();
        NodeList names = element.getElementsByTagName("include");
        for (int i = 0; i < names.getLength(); i++) {
            includes.add(pattern(names.item(i).getTextContent()));
        }
        String directory = element.getElementsByTagName("directory").item(0).getTextContent();
        return new FileSet(
                directory.isEmpty() ? "" : directory + "/",
                Boolean.parseBoolean(element.getAttribute("filtered")),
                Boolean.parseBoolean(element.getAttribute("packaged")),
                includes);
    }

    /** A pattern of Ant's: two stars stand for any folders, one for anything in a name. */
    private static Pattern pattern(String ant) {
        StringBuilder regex = new StringBuilder();
        Matcher matcher = WILD.matcher(ant);
        int from = 0;
        while (matcher.find()) {
            regex.append(Pattern.quote(ant.substring(from, matcher.start())));
            regex.append(
                    switch (matcher.group()) {
                        case "**/" -> "(?:.*/)?";
                        case "**" -> ".*";
                        default -> "[^/]*";
                    });
            from = matcher.end();
        }
        return Pattern.compile(regex + Pattern.quote(ant.substring(from)));
    }

    /** The project's files by their paths. */
    Map<String, byte[]> files(String group, String artifact, String version, String javaPackage) {
        Map<String, String> names =
                Map.of("groupId", group, "artifactId", artifact, "version", version, "package", javaPackage);
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (String path : paths) {
            byte[] content = read("files/" + path);
            if (path.equals("pom.xml")) {
                files.put(path, filtered(content, names));
                continue;
            }
            for (FileSet set : fileSets) {
                if (set.has(path)) {
                    String folder = set.packaged() ? javaPackage.replace('.', '/') + "/" : "";
                    String name = path.substring(set.directory().length());
                    files.put(
                            set.directory() + folder + RENAMED.getOrDefault(name, name),
                            set.filtered() ? filtered(content, names) : content);
                    break;
                }
            }
        }
        return files;
    }

    /** What is none of these names stays as it is: the POM's own properties. */
    private static byte[] filtered(byte[] content, Map<String, String> names) {
        String text = new String(content, StandardCharsets.UTF_8);
        for (Map.Entry<String, String> name : names.entrySet()) {
            text = text.replace("${" + name.getKey() + "}", name.getValue());
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static InputStream open(String name) throws IOException {
        InputStream found = ProjectTemplate.class.getResourceAsStream(FOLDER + name);
        if (found == null) {
            throw new IOException("There is no " + FOLDER + name + " in the command line's jar");
        }
        return found;
    }

    private static byte[] read(String name) {
        try (InputStream in = open(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("Reading what the build has put here failed", e);
        }
    }
}
