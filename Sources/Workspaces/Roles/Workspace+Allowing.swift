import DataModels
import Primitives
import Registers
import Submissions

extension Workspace {
  /// Lets a task be done by whoever may do it; gives the stamp with the role in which they do.
  ///
  /// A workspace that does not say who works there lets everybody do everything. A refusal is written into the audit
  /// trail.
  ///
  /// - Parameter provider: whose returns it is about; nil for none in particular.
  @discardableResult
  func allow(
    _ task: StaffTask, by stamp: AuditStamp, provider: String? = nil
  ) throws(WorkspaceError) -> AuditStamp {
    guard !settings.people.isEmpty else { return stamp.withSecond }
    let (cause, role) = verdict(task, stamp, provider)
    guard let cause else { return stamp.withSecond.inRole(role ?? stamp.role) }
    let register = try register()
    try storeTask { () throws(RegisterError) in
      try register.note(.refused, about: AuditSubject(.command, task.rawValue), by: stamp)
    }
    throw .notAllowed(StaffRefusal(task: task, name: stamp.actor.shown(), cause: cause))
  }

  /// Why not, or in which role.
  private func verdict(
    _ task: StaffTask, _ stamp: AuditStamp, _ provider: String?
  ) -> (cause: StaffRefusal.Cause?, role: StaffRole?) {
    let own = settings.people.filter { $0.name == stamp.actor }
    guard !own.isEmpty else { return (.notListed, nil) }
    let meant = own.filter { stamp.role == .unstated || $0.role == stamp.role }
    guard !meant.isEmpty else { return (.otherRole(stamp.role), nil) }
    var causes: [StaffRefusal.Cause] = []
    for person in meant {
      switch task.roles[person.role] {
      case .yes: return (nil, person.role)
      case .own:
        guard let works = person.provider, let provider, works != provider else { return (nil, person.role) }
        causes.append(.provider(works))
      case .two:
        guard let second = stamp.second else {
          causes.append(.second)
          continue
        }
        guard second != stamp.actor, settings.people.contains(where: { $0.name == second }) else {
          causes.append(.secondNotListed)
          continue
        }
        return (nil, person.role)
      case nil: break
      }
    }
    return (causes.first ?? .role(meant.map(\.role)), nil)
  }
}
