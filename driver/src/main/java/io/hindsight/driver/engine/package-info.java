/** Where a step's gradient is computed, and how that is chosen; here by threads of this process. */
package io.hindsight.driver.engine;
