/** What every part that uses Spark shares; all that imports Spark stands below this package. */
package io.hindsight.driver.spark;
