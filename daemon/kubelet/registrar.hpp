// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace hdp {

/// The ways to register with a kubelet.
enum class RegistrationMode {
    Register, ///< we call the kubelet at kubelet.sock in its device-plugins folder
    Watcher   ///< the kubelet's plugin watcher finds our socket in plugins_registry
};

/// "register" or "watcher".
std::string_view nameOf(RegistrationMode mode);

/// Keeps one resource registered with the kubelet of this node, for as long as the daemon runs and
/// whatever the kubelet does, in one of the two ways that kubelets know. Loop thread only.
class Registrar {
  public:
    /// What happens, for those who count and show it. Any of them may be empty.
    struct Events {
        /// The kubelet registered the resource, or an attempt failed.
        std::function<void(bool isAccepted)> onAnswer{};
        std::function<void(std::string_view state)> onState{}; ///< it is in another state
    };

    Registrar(std::string resource, Events events);
    Registrar(const Registrar&) = delete;
    Registrar& operator=(const Registrar&) = delete;
    virtual ~Registrar() = default;

    virtual void start() = 0;

    /// The kubelet's folder changed, or time has passed: compare what is there with what was.
    virtual void lookAgain() = 0;

    /// The kubelet opened or left the ListAndWatch stream of this number.
    virtual void onStreamOpened(std::uint64_t number) = 0;
    virtual void onStreamEnded(std::uint64_t number) = 0;

    /// Stops listening, removes our socket and cancels what is under way. Streams are left to their
    /// owner.
    virtual void stop() = 0;

    /// "live", "kubelet-absent" and so on: of a constant.
    [[nodiscard]] virtual std::string_view stateName() const = 0;

    /// Whether the kubelet knows the resource and listens.
    [[nodiscard]] virtual bool isLive() const = 0;

  protected:
    [[nodiscard]] const std::string& resource() const { return resource_; }

    void tellAnswer(bool isAccepted) const;
    void tellState() const;

    /// Logs a sentence unless it was the last one.
    void say(const std::string& sentence, bool isProblem);

  private:
    std::string resource_;
    Events events_;
    std::string lastSentence_;
};

} // namespace hdp
