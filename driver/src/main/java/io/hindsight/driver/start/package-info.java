/** Where a run's weights begin: drawn by the seed, or those of a model that is trained further. */
package io.hindsight.driver.start;
