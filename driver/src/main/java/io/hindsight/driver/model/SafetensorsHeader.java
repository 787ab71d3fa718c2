package io.hindsight.driver.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hindsight.datasets.Count;
import io.hindsight.driver.model.ModelException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The JSON header of a safetensors file: what it says, and whether that can be true.
 *
 * @param entries the tensors in the order of their data
 * @param metadata the texts of {@code __metadata__}
 */
record SafetensorsHeader(List<Entry> entries, SortedMap<String, String> metadata) {
  private static final String METADATA = "__metadata__";
  private static final Set<String> FIELDS = Set.of("dtype", "shape", "data_offsets");

  /** The format's own limit. */
  private static final long LONGEST = 100_000_000;

  /**
   * One tensor.
   *
   * @param elements product of the shape
   * @param single whether elements are floats rather than doubles
   * @param begin first byte, counted from the end of the header
   * @param end the byte after its last
   */
  record Entry(
      String name, List<Integer> shape, int elements, boolean single, long begin, long end) {}

  /** The header of tensors that lie one after the other, padded to a multiple of 8 bytes. */
  static byte[] of(List<Tensor> tensors, SortedMap<String, String> metadata) throws IOException {
    ObjectNode header = Json.object();
    if (!metadata.isEmpty()) {
      ObjectNode texts = header.putObject(METADATA);
      metadata.forEach(texts::put);
    }
    long begin = 0;
    for (Tensor tensor : tensors) {
      if (header.has(tensor.name()) || tensor.name().equals(METADATA)) {
        throw new IllegalArgumentException("two tensors are named '" + tensor.name() + "'");
      }
      long end = begin + (long) tensor.values().length * Double.BYTES;
      ObjectNode entry = header.putObject(tensor.name());
      entry.put("dtype", "F64");
      tensor.shape().forEach(entry.putArray("shape")::add);
      entry.putArray("data_offsets").add(begin).add(end);
      begin = end;
    }
    byte[] json = Json.MAPPER.writeValueAsBytes(header);
    byte[] padded = Arrays.copyOf(json, (json.length + 7) / 8 * 8);
    Arrays.fill(padded, json.length, padded.length, (byte) ' ');
    return padded;
  }

  /** Reads and checks the header; the stream then stands at the first tensor's data. */
  static SafetensorsHeader read(InputStream in, long fileLength, String where) throws IOException {
    if (fileLength < Long.BYTES + 2) {
      throw new ModelException(
          Kind.TOO_SHORT,
          "%s is too short for a safetensors file: %s"
              .formatted(where, Count.of(fileLength, "byte")));
    }
    byte[] prefix = new byte[Long.BYTES];
    Safetensors.readFully(in, prefix, prefix.length, where);
    long length = ByteBuffer.wrap(prefix).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (length < 2 || length > LONGEST) {
      throw new ModelException(
          Kind.NOT_SAFETENSORS,
          "%s is no safetensors file: its header would be %s bytes long"
              .formatted(where, Long.toUnsignedString(length)));
    }
    if (length > fileLength - Long.BYTES) {
      throw new ModelException(
          Kind.TOO_SHORT,
          "%s is too short: its header needs %d bytes, but the file has %d"
              .formatted(where, length, fileLength));
    }
    byte[] json = new byte[(int) length];
    Safetensors.readFully(in, json, json.length, where);
    return check(parse(json, where), fileLength - Long.BYTES - length, where);
  }

  private static JsonNode parse(byte[] json, String where) {
    if (json[0] != '{') {
      throw new ModelException(
          Kind.NOT_SAFETENSORS, where + " is no safetensors file: its header is not JSON");
    }
    try {
      return Json.tree(json);
    } catch (JsonProcessingException e) {
      throw Json.corrupt(where, "has a broken header: " + e.getOriginalMessage());
    }
  }

  private static SafetensorsHeader check(JsonNode header, long dataLength, String where) {
    SortedMap<String, String> metadata = new TreeMap<>();
    List<Entry> entries = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : header.properties()) {
      if (field.getKey().equals(METADATA)) {
        readMetadata(field.getValue(), metadata, where);
      } else {
        entries.add(entry(field.getKey(), field.getValue(), where));
      }
    }
    entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    requireContiguous(entries, dataLength, where);
    return new SafetensorsHeader(entries, Collections.unmodifiableSortedMap(metadata));
  }

  private static void readMetadata(
      JsonNode node, SortedMap<String, String> metadata, String where) {
    if (!node.isObject()) {
      throw Json.corrupt(where, "has a __metadata__ that is not an object");
    }
    for (Map.Entry<String, JsonNode> text : node.properties()) {
      metadata.put(text.getKey(), Json.text(node, text.getKey(), where));
    }
  }

  private static Entry entry(String name, JsonNode node, String where) {
    String place = where + ", tensor '" + name + "',";
    Set<String> fields = new HashSet<>();
    node.fieldNames().forEachRemaining(fields::add);
    if (!fields.equals(FIELDS)) {
      throw Json.corrupt(place, "must have dtype, shape and data_offsets, but is " + node);
    }
    boolean single = isSingle(Json.text(node, "dtype", place), place);
    long[] shape = integers(node.get("shape"), "shape", place);
    long[] offsets = integers(node.get("data_offsets"), "data_offsets", place);
    int elements = elements(shape, place);
    long bytes = (long) elements * (single ? Float.BYTES : Double.BYTES);
    if (offsets.length != 2 || offsets[1] - offsets[0] != bytes) {
      throw Json.corrupt(
          place,
          "of shape %s needs %d bytes, but its data_offsets are %s"
              .formatted(Arrays.toString(shape), bytes, Arrays.toString(offsets)));
    }
    List<Integer> dimensions = Arrays.stream(shape).mapToObj(Math::toIntExact).toList();
    return new Entry(name, dimensions, elements, single, offsets[0], offsets[1]);
  }

  private static boolean isSingle(String dtype, String place) {
    if (!dtype.equals("F64") && !dtype.equals("F32")) {
      throw new ModelException(
          Kind.UNSUPPORTED_TYPE,
          "%s has elements of type %s, but only F64 and F32 are read".formatted(place, dtype));
    }
    return dtype.equals("F32");
  }

  private static long[] integers(JsonNode array, String field, String place) {
    long[] values = new long[array.size()];
    for (int i = 0; i < values.length; i++) {
      JsonNode value = array.get(i);
      if (value == null || !value.isIntegralNumber() || !value.canConvertToLong()) {
        throw Json.corrupt(place, "needs integers in '%s', but has %s".formatted(field, array));
      }
      values[i] = value.longValue();
    }
    if (!array.isArray() || Arrays.stream(values).anyMatch(value -> value < 0)) {
      throw Json.corrupt(
          place, "needs a list of integers from 0 as '%s', but has %s".formatted(field, array));
    }
    return values;
  }

  private static int elements(long[] shape, String place) {
    try {
      long elements = 1;
      for (long dimension : shape) {
        elements = Math.multiplyExact(elements, dimension);
        Math.toIntExact(dimension);
      }
      return Math.toIntExact(elements);
    } catch (ArithmeticException e) {
      throw Json.corrupt(
          place, "has more elements than a Java array: shape " + Arrays.toString(shape));
    }
  }

  private static void requireContiguous(List<Entry> entries, long dataLength, String where) {
    long end = 0;
    for (Entry entry : entries) {
      if (entry.begin() != end) {
        throw Json.corrupt(
            where,
            "has %s before tensor '%s': byte %d follows byte %d"
                .formatted(
                    entry.begin() < end ? "an overlap" : "a gap",
                    entry.name(),
                    entry.begin(),
                    end));
      }
      end = entry.end();
    }
    if (end > dataLength) {
      throw new ModelException(
          Kind.TOO_SHORT,
          "%s is too short: its tensors need %d bytes, but it has %d"
              .formatted(where, end, dataLength));
    }
    if (end < dataLength) {
      throw Json.corrupt(
          where, "has %s after its last tensor".formatted(Count.of(dataLength - end, "byte")));
    }
  }
}
