/** Keys that say what is done about cells that hold no value. */
package io.hindsight.driver.config.missing;
