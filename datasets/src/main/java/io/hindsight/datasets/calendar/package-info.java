/** What the time of a row tells as numbers: phases of the clock and of the calendar, holidays. */
package io.hindsight.datasets.calendar;
