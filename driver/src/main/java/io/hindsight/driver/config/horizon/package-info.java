/** Keys that say how far ahead is predicted. */
package io.hindsight.driver.config.horizon;
