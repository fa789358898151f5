import Primitives

/// A date as workbooks keep it: the number of days since a day around 1900, with the time as its fraction.
enum SerialDate {
  /// The date and whether there is a time of day too, to the second; nil when the number is no day of the calendar.
  ///
  /// Counting from 1900, 1 is 1900-01-01 and 60 is 29 February 1900, a day that never was: Excel keeps this mistake of
  /// Lotus 1-2-3. Counting from 1904, 0 is 1904-01-01.
  static func date(_ serial: Double, countsFrom1904: Bool) -> (date: CalendarDate, hasTime: Bool)? {
    guard serial >= 0, serial < 2_958_466 else { return nil }
    var day = Int(serial)
    var seconds = ((serial - Double(day)) * 86_400).rounded()
    if seconds == 86_400 { (day, seconds) = (day + 1, 0) }
    let offset: Int
    if countsFrom1904 {
      offset = -24_107
    } else {
      guard day >= 1, day != 60 else { return nil }
      offset = day < 60 ? -25_568 : -25_569
    }
    let date = CalendarDate(daysSinceEpoch: Int32(day + offset))
    guard date.year <= 9999 else { return nil }
    return (date, seconds != 0)
  }
}
