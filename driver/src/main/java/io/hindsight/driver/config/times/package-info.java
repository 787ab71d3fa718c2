/** The keys of a table that say what is made of the times of its rows. */
package io.hindsight.driver.config.times;
