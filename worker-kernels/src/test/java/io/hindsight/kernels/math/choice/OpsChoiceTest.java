package io.hindsight.kernels.math.choice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hindsight.kernels.math.choice.OpsChoice.Jvm;
import io.hindsight.kernels.math.choice.OpsChoice.Kind;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpsChoiceTest {
  private static final Jvm WIDE = new Jvm(true, false, "amd64", 512);

  static Stream<Arguments> machines() {
    return Stream.of(
        Arguments.of(WIDE, Kind.SIMD, "512 bits"),
        Arguments.of(new Jvm(true, false, "x86_64", 256), Kind.SIMD, "256 bits"),
        Arguments.of(new Jvm(true, false, "aarch64", 128), Kind.SIMD, "128 bits"),
        Arguments.of(new Jvm(true, false, "amd64", 128), Kind.REFERENCE, "AVX2"),
        Arguments.of(new Jvm(true, false, "x86_64", 128), Kind.REFERENCE, "AVX2"),
        Arguments.of(new Jvm(true, false, "riscv64", 64), Kind.REFERENCE, "64 bits"),
        Arguments.of(new Jvm(true, true, "amd64", 512), Kind.REFERENCE, "interpreted"),
        Arguments.of(
            new Jvm(false, false, "amd64", 0),
            Kind.REFERENCE,
            "--add-modules jdk.incubator.vector"));
  }

  @ParameterizedTest
  @MethodSource("machines")
  void shouldTakeWhatFitsTheMachine(Jvm machine, Kind kind, String reason) {
    OpsChoice choice = OpsChoice.of(Optional.empty(), machine);
    assertEquals(kind, choice.kind());
    assertTrue(choice.reason().contains(reason), choice.reason());
  }

  @ParameterizedTest
  @ValueSource(strings = {"512", "256", "128"})
  void shouldTakeTheWidthThatIsAskedFor(String bits) {
    for (Jvm machine : new Jvm[] {WIDE, new Jvm(true, true, "amd64", 128)}) {
      OpsChoice choice = OpsChoice.of(Optional.of(bits), machine);
      assertEquals(Kind.SIMD, choice.kind());
      assertTrue(choice.reason().contains("-Dhindsight.vector-bits=" + bits), choice.reason());
      boolean tooWide = Integer.parseInt(bits) > machine.preferredBits();
      assertEquals(tooWide, choice.reason().contains("slow"), choice.reason());
    }
  }

  @Test
  void shouldTakeTheReferenceWhereItIsAskedForOrAllThereIs() {
    assertEquals(Kind.REFERENCE, OpsChoice.of(Optional.of("0"), WIDE).kind());
    Jvm bare = new Jvm(false, false, "amd64", 0);
    OpsChoice choice = OpsChoice.of(Optional.of("256"), bare);
    assertEquals(Kind.REFERENCE, choice.kind());
    assertTrue(choice.reason().contains("--add-modules jdk.incubator.vector"), choice.reason());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "64", "1024", "wide", "-512", "0x200"})
  void shouldRefuseAnyOtherWidth(String bits) {
    OpsChoice choice = OpsChoice.of(Optional.of(bits), WIDE);
    assertEquals(Kind.REFUSED, choice.kind());
    assertTrue(choice.reason().contains("512, 256, 128 or 0, but is '" + bits + "'"));
    assertTrue(choice.reason().contains("hindsight.vector-bits"), choice.reason());
  }
}
