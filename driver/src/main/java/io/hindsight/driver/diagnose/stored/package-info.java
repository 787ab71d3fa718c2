/** The diagnosis of a run or a model that is stored. */
package io.hindsight.driver.diagnose.stored;
