/** Model directories: immutable, verified, readable by other tools. */
package io.hindsight.driver.model;
