/** The keys of columns that are read beside the inputs, and of the tables they select rows of. */
package io.hindsight.driver.config.categories;
