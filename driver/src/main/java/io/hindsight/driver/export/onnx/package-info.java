/** Networks as ONNX graphs, which ONNX runtimes of many languages answer with. */
package io.hindsight.driver.export.onnx;
