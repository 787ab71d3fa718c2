/** Which rows of the data are read, and how they are divided into parts. */
package io.hindsight.driver.config.parts;
