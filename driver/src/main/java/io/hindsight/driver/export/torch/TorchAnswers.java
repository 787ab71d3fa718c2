package io.hindsight.driver.export.torch;

import io.hindsight.kernels.network.OutputSpec;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The lines of Python that make answers (…, A) of logits {@code z} (…, O). */
final class TorchAnswers {
  /** Exact where PyTorch's own goes over into a line. */
  private static final List<String> SOFTPLUS =
      List.of("", "def softplus(z):", "    return torch.logaddexp(z, torch.zeros_like(z))", "");

  private final OutputSpec output;

  TorchAnswers(OutputSpec output) {
    this.output = output;
  }

  /** What must be defined before. */
  List<String> helpers() {
    return output.loss().isOfDistribution() || output.loss() == OutputSpec.Loss.CUMULATIVE_LOGITS
        ? SOFTPLUS
        : List.of();
  }

  /** The lines, the last of which returns the answers. */
  List<String> lines() {
    return switch (output.loss()) {
      case SQUARED_ERROR -> List.of("return z");
      case SOFTMAX_CROSS_ENTROPY, CTC -> List.of("return torch.softmax(z, -1)");
      case BINARY_CROSS_ENTROPY -> List.of("return torch.sigmoid(z)");
      case PINBALL -> List.of(elements(), "return z.sort(-1).values.flatten(-2)");
      case GAUSSIAN -> parameters("z[..., 0]", "softplus(z[..., 1]) + 1e-6");
      case STUDENT_T ->
          parameters("z[..., 0]", "softplus(z[..., 1]) + 1e-6", "softplus(z[..., 2]) + 2");
      case NEGATIVE_BINOMIAL ->
          parameters(scales() + " * softplus(z[..., 0])", "softplus(z[..., 1])");
      case POISSON -> parameters(scales() + " * softplus(z[..., 0])");
      case CUMULATIVE_LOGITS -> ordered();
    };
  }

  private String elements() {
    return "z = z.unflatten(-1, (%d, %d))".formatted(output.size(), output.parameters());
  }

  private List<String> parameters(String... each) {
    return List.of(
        elements(), "return torch.stack([%s], -1).flatten(-2)".formatted(String.join(", ", each)));
  }

  private String scales() {
    String numbers =
        IntStream.range(0, output.size())
            .mapToObj(element -> Double.toString(output.scale(element)))
            .collect(Collectors.joining(", "));
    return "torch.tensor([%s], dtype=z.dtype)".formatted(numbers);
  }

  private static List<String> ordered() {
    return List.of(
        "gaps = z[..., 1:]",
        "theta = torch.cat([z[..., :1], z[..., :1] - softplus(gaps).cumsum(-1)], -1)",
        "within = theta[..., :-1].sigmoid() * (-theta[..., 1:]).sigmoid() * gaps.sigmoid()",
        "return torch.cat([(-theta[..., :1]).sigmoid(), within, theta[..., -1:].sigmoid()], -1)");
  }
}
