/** How much targets count, as a configuration says it. */
package io.hindsight.driver.config.weights;
