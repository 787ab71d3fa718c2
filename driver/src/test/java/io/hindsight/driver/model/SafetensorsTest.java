package io.hindsight.driver.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.driver.model.ModelException.Kind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SafetensorsTest {
  @Test
  void shouldWriteTheBytesOfTheFormat() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Tensor tensor = new Tensor("w", List.of(1, 2), new double[] {1, -2});
    Safetensors.write(out, List.of(tensor), new TreeMap<>());
    String header = "{\"w\":{\"dtype\":\"F64\",\"shape\":[1,2],\"data_offsets\":[0,16]}}";
    String padded = header + " ".repeat((8 - header.length() % 8) % 8);
    ByteBuffer expected =
        ByteBuffer.allocate(8 + padded.length() + 16).order(ByteOrder.LITTLE_ENDIAN);
    expected.putLong(padded.length()).put(padded.getBytes(UTF_8));
    expected.putDouble(1).putDouble(-2);
    assertArrayEquals(expected.array(), out.toByteArray());
  }

  @Test
  void shouldReadBackTheSameBits() throws IOException {
    double[] odd = {Double.NaN, -0.0, Double.MIN_VALUE, Double.NEGATIVE_INFINITY, 0.1};
    double[] many = new Random(5).doubles(3000).toArray();
    TreeMap<String, String> metadata = new TreeMap<>();
    metadata.put("épsilon", "\"1\"");
    List<Tensor> tensors =
        List.of(
            Tensor.vector("z", odd),
            new Tensor("matrix", List.of(60, 50), many),
            new Tensor("scalar", List.of(), new double[] {7}),
            new Tensor("empty", List.of(0, 3), new double[0]));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Safetensors.write(out, tensors, metadata);
    Safetensors.Contents read = read(out.toByteArray());
    assertEquals(metadata, read.metadata());
    assertEquals(4, read.tensors().size());
    for (int i = 0; i < 4; i++) {
      assertEquals(tensors.get(i).name(), read.tensors().get(i).name());
      assertEquals(tensors.get(i).shape(), read.tensors().get(i).shape());
      assertArrayEquals(bits(tensors.get(i).values()), bits(read.tensors().get(i).values()));
    }
  }

  @Test
  void shouldWidenSinglePrecision() throws IOException {
    byte[] file = file("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", 8);
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putFloat(file.length - 8, 0.1f);
    double[] values = read(file).tensors().get(0).values();
    assertArrayEquals(new double[] {0.1f, 0}, values, 0.0);
  }

  @Test
  void shouldReadTensorsInTheOrderOfTheirDataNotOfTheHeader() throws IOException {
    byte[] file = file("{" + f64("b", 8, 16) + "," + f64("a", 0, 8) + "}", 16);
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putDouble(file.length - 8, 5);
    List<Tensor> tensors = read(file).tensors();
    assertEquals("a", tensors.get(0).name());
    assertEquals(5, tensors.get(1).values()[0], 0.0);
  }

  static Stream<Arguments> broken() {
    return Stream.of(
        Arguments.of(Kind.TOO_SHORT, new byte[5]),
        Arguments.of(Kind.NOT_SAFETENSORS, "PK is the beginning of an archive".getBytes(UTF_8)),
        Arguments.of(Kind.NOT_SAFETENSORS, new byte[64]),
        Arguments.of(Kind.NOT_SAFETENSORS, file("[1, 2]", 0)),
        Arguments.of(Kind.TOO_SHORT, Arrays.copyOf(file("{" + f64("a", 0, 8) + "}", 8), 40)),
        Arguments.of(Kind.TOO_SHORT, file("{" + f64("a", 0, 8) + "}", 7)),
        Arguments.of(Kind.CORRUPT, file("{" + f64("a", 0, 8) + "}", 9)),
        Arguments.of(Kind.CORRUPT, file("{" + f64("a", 0, 8) + "," + f64("b", 0, 8) + "}", 8)),
        Arguments.of(Kind.CORRUPT, file("{" + f64("a", 0, 8) + "," + f64("b", 16, 24) + "}", 24)),
        Arguments.of(Kind.CORRUPT, file("{" + f64("a", 0, 8) + "," + f64("a", 8, 16) + "}", 16)),
        Arguments.of(Kind.CORRUPT, file("{" + f64("a", 0, 16) + "}", 16)),
        Arguments.of(Kind.CORRUPT, file("{" + f64("a", 8, 0) + "}", 8)),
        Arguments.of(Kind.CORRUPT, file("{\"a\": 3}", 0)),
        Arguments.of(Kind.CORRUPT, file("{\"a\": {\"dtype\": ", 0)),
        Arguments.of(Kind.CORRUPT, tensor("F64", "[-1]", "[0, -8]")),
        Arguments.of(Kind.CORRUPT, tensor("F64", "[4611686018427387904, 4]", "[0, 0]")),
        Arguments.of(Kind.CORRUPT, tensor("F64", "[1.5]", "[0, 8]")),
        Arguments.of(Kind.CORRUPT, tensor("F64", "[1]", "[0, 8, 16]")),
        Arguments.of(Kind.CORRUPT, tensor("F64", "1", "[0, 8]")),
        Arguments.of(Kind.CORRUPT, file("{\"__metadata__\": {\"a\": 1}}", 0)),
        Arguments.of(Kind.UNSUPPORTED_TYPE, tensor("BF16", "[4]", "[0, 8]")));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void shouldRefuseABrokenFile(Kind kind, byte[] file) {
    ModelException error = assertThrows(ModelException.class, () -> read(file));
    assertEquals(kind, error.kind(), error.getMessage());
    assertTrue(error.getMessage().startsWith("x.safetensors"), error.getMessage());
  }

  @Test
  void shouldRefuseTwoTensorsOfOneName() {
    List<Tensor> twice =
        List.of(Tensor.vector("a", new double[1]), Tensor.vector("a", new double[1]));
    assertThrows(
        IllegalArgumentException.class,
        () -> Safetensors.write(new ByteArrayOutputStream(), twice, new TreeMap<>()));
  }

  private static String f64(String name, long begin, long end) {
    return "\"%s\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[%d,%d]}"
        .formatted(name, begin, end);
  }

  private static byte[] tensor(String dtype, String shape, String offsets) {
    String header = "{\"a\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":%s}}";
    return file(header.formatted(dtype, shape, offsets), 8);
  }

  private static byte[] file(String header, int data) {
    byte[] json = header.getBytes(UTF_8);
    ByteBuffer file = ByteBuffer.allocate(8 + json.length + data).order(ByteOrder.LITTLE_ENDIAN);
    return file.putLong(json.length).put(json).array();
  }

  private static Safetensors.Contents read(byte[] file) throws IOException {
    return Safetensors.read(new ByteArrayInputStream(file), file.length, "x.safetensors");
  }

  private static long[] bits(double[] values) {
    return Arrays.stream(values).mapToLong(Double::doubleToRawLongBits).toArray();
  }
}
