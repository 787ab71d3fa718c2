/** How a configuration asks for quantiles and distributions. */
package io.hindsight.driver.config.output;
