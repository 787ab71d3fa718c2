/** How a configuration names the order of classes. */
package io.hindsight.driver.config.order;
