/** Keys of the section {@code output}. */
package io.hindsight.driver.config.results;
