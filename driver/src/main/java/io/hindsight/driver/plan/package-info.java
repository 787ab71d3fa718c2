/** What a run will cost in time and memory, and whether it can work at all, before it starts. */
package io.hindsight.driver.plan;
