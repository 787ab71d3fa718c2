package io.hindsight.driver.bench;

/**
 * What one cell at one shape came to on one core: medians of CPU time and of bytes allocated.
 *
 * @param cell its name
 * @param shape I, H, B, T
 * @param packSeconds packing the weights, which training does once per step for all its tasks
 * @param forward the forward pass of one window
 * @param backward the backward pass of one window, clearing the gradient included
 * @param step all three
 * @param packBytes allocated by packing
 * @param bytesPerStep allocated by the forward and the backward pass
 * @param workspaceBytes held for activations, their gradients, packed weights, the gradient and
 *     what it is summed in
 * @param workspaceFormulaBytes what the equations need, see {@link WorkspaceFormula}
 */
public record LayerResult(
    String cell,
    BenchShape shape,
    double packSeconds,
    Rate forward,
    Rate backward,
    Rate step,
    long packBytes,
    long bytesPerStep,
    long workspaceBytes,
    long workspaceFormulaBytes) {
  /** Workspace held, relative to the formula. */
  public double workspaceRatio() {
    return (double) workspaceBytes / workspaceFormulaBytes;
  }
}
