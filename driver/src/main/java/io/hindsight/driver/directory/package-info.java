/**
 * The run directory: who writes there, what lies where, and whether a run may begin or go on in it.
 */
package io.hindsight.driver.directory;
