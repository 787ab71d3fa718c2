/**
 * Puts an engine together: plans the run, measures what a session costs, opens what is cheapest.
 */
package io.hindsight.driver.launch;
