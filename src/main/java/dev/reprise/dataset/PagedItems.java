package dev.reprise.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.execution.ItemList;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Items as compressed JSON text, in pages: a row of a table takes about as much as it does in the file, or less, where
 * the tree of it takes ten times as much. The page that was looked at last is kept open.
 */
final class PagedItems implements ItemList {

    /** A page is full with so many bytes before it is compressed. */
    private static final int FULL_PAGE = 128 * 1024;

    /** A part of the items. */
    private static final class Page {
        /** The index of the first. */
        final int first;
        /** Where each ends in the text. */
        final int[] ends;
        /** The text. */
        final byte[] compressed;

        Page(int first, int[] ends, byte[] compressed) {
            this.first = first;
            this.ends = ends;
            this.compressed = compressed;
        }

        boolean has(int index) {
            return index >= first && index < first + ends.length;
        }

        int length() {
            return ends[ends.length - 1];
        }
    }

    private final List<Page> pages;
    private final int size;
    /** Which are members of an object, held as its name and its value. */
    private final BitSet members;
    /** Where the items come from, by the first index from which on they do. */
    private final NavigableMap<Integer, String> sources;

    private @Nullable Page open;
    private byte[] text = new byte[0];

    private PagedItems(List<Page> pages, int size, BitSet members, NavigableMap<Integer, String> sources) {
        this.pages = pages;
        this.size = size;
        this.members = members;
        this.sources = sources;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public JsonNode get(int index) {
        JsonNode held = held(index);
        return members.get(index) ? held.path("Value") : held;
    }

    @Override
    public @Nullable String key(int index) {
        return members.get(index) ? held(index).path("Key").textValue() : null;
    }

    @Override
    public String source(int index) {
        Map.Entry<Integer, String> source = sources.floorEntry(index);
        return source == null ? STATE_DATA : source.getValue();
    }

    private JsonNode held(int index) {
        Objects.checkIndex(index, size);
        Page page = open;
        if (page == null || !page.has(index)) {
            page = page(index);
            text = inflated(page);
            open = page;
        }
        int place = index - page.first;
        int start = place == 0 ? 0 : page.ends[place - 1];
        try {
            return JsonItems.JSON.readTree(text, start, page.ends[place] - start);
        } catch (IOException e) {
            throw new UncheckedIOException("What was written as JSON is JSON", e);
        }
    }

    /** The last page that does not begin after the index. */
    private Page page(int index) {
        int low = 0;
        int high = pages.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (pages.get(middle).first <= index) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return pages.get(low);
    }

    private static byte[] inflated(Page page) {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(page.compressed);
            byte[] text = new byte[page.length()];
            int length = inflater.inflate(text);
            if (length != text.length) {
                throw new IllegalStateException("A page of " + text.length + " bytes gave " + length);
            }
            return text;
        } catch (DataFormatException e) {
            throw new IllegalStateException("A page in memory is not what was compressed", e);
        } finally {
            inflater.end();
        }
    }

    /** Takes items, and compresses each page as soon as it is full. */
    static final class Writer {

        private final List<Page> pages = new ArrayList<>();
        private final ByteArrayOutputStream text = new ByteArrayOutputStream();
        private int[] ends = new int[64];
        private final BitSet members = new BitSet();
        private final NavigableMap<Integer, String> sources = new TreeMap<>();
        private int inPage;
        private int count;

        int count() {
            return count;
        }

        /** The items from here on come from there. */
        void from(String source) {
            sources.put(count, source);
        }

        /** @param member an object of a member's {@code Key} and {@code Value} */
        void addMember(JsonNode member) {
            members.set(count);
            add(member);
        }

        void add(JsonNode item) {
            try {
                JsonItems.JSON.writeValue(text, item);
            } catch (IOException e) {
                throw new UncheckedIOException("Nothing can fail in memory", e);
            }
            if (inPage == ends.length) {
                ends = Arrays.copyOf(ends, inPage * 2);
            }
            ends[inPage++] = text.size();
            count++;
            if (text.size() >= FULL_PAGE) {
                finishPage();
            }
        }

        PagedItems done() {
            if (inPage > 0) {
                finishPage();
            }
            return new PagedItems(List.copyOf(pages), count, members, sources);
        }

        private void finishPage() {
            pages.add(new Page(count - inPage, Arrays.copyOf(ends, inPage), deflated(text.toByteArray())));
            text.reset();
            inPage = 0;
        }

        private static byte[] deflated(byte[] text) {
            Deflater deflater = new Deflater(Deflater.BEST_SPEED);
            try {
                deflater.setInput(text);
                deflater.finish();
                ByteArrayOutputStream out = new ByteArrayOutputStream(text.length / 4);
                byte[] buffer = new byte[8 * 1024];
                while (!deflater.finished()) {
                    out.write(buffer, 0, deflater.deflate(buffer));
                }
                return out.toByteArray();
            } finally {
                deflater.end();
            }
        }
    }
}
