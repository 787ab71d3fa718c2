/** How fast the kernels are on this machine: what {@code bench} measures, and how. */
package io.hindsight.driver.bench;
