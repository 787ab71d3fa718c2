/** What turns a mean gradient into new weights: clipping, learning-rate schedules, optimizers. */
package io.hindsight.driver.optim;
