/**
 * Networks as modules of PyTorch: their weights, to it and from it, and a script that runs them.
 */
package io.hindsight.driver.export.torch;
