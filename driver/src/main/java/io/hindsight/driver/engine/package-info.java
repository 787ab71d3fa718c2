/** Where a step's gradient is computed: in this process or on Spark, with the same bits. */
package io.hindsight.driver.engine;
