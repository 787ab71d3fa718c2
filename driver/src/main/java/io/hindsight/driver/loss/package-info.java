/**
 * The loss on the validation part, computed by an engine's tasks: in shards of its own, as the
 * gradient of a step is.
 */
package io.hindsight.driver.loss;
