/** Event files that TensorBoard reads. */
package io.hindsight.driver.monitoring.tensorboard;
