/** A run from its configuration to its results, and what its end means to whoever started it. */
package io.hindsight.driver.run;
