/** Models for other programs: files that PyTorch, ONNX runtimes and people read. */
package io.hindsight.driver.export;
