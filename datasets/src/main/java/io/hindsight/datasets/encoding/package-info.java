/** How data becomes numbers and classes, fitted to a training part, and kept with a model. */
package io.hindsight.datasets.encoding;
