/** Keys that say what is done about cells that hold no value, and what columns are scaled by. */
package io.hindsight.driver.config.missing;
