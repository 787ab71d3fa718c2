/** What other tools read of a run: figures while it goes on, and a file of them at its end. */
package io.hindsight.driver.monitoring;
