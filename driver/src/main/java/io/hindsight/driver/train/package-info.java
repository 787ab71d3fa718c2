/** The training loop and its state; it knows neither disk nor Spark. */
package io.hindsight.driver.train;
