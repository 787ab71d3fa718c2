/** A model's answers to new sequences, one after the other, on the driver or in a task. */
package io.hindsight.driver.answer;
