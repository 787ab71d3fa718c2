package io.hindsight.kernels.math.choice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;

/** What runs in this JVM; the build starts one for each width. */
class OpsProviderTest {
  @Test
  void shouldSayWhatRunsAndWhy() {
    String description = OpsProvider.description();
    assertTrue(description.startsWith(OpsProvider.get().name() + " kernels ("), description);
    assertTrue(description.endsWith(OpsProvider.reason() + ")"), description);
  }

  @Test
  void shouldChooseOnce() {
    assertSame(OpsProvider.get(), OpsProvider.get());
  }

  @Test
  void shouldRunAtTheWidthThatIsAskedFor() {
    String bits = System.getProperty(OpsProvider.PROPERTY);
    assumeTrue(bits != null, "no width is asked for");
    assertEquals(bits.equals("0") ? "reference" : "simd-" + bits, OpsProvider.get().name());
  }
}
