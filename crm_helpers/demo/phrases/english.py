"""English phrases of the demo company's customers, by theme: complaints, praise, details."""

OPENERS = (
    "",
    "",
    "",
    "Hello, ",
    "Hi there, ",
    "Dear team, ",
    "To be honest: ",
    "Last week I ordered again. ",
    "I have been a customer for years. ",
    "First time here. ",
    "Just my experience: ",
)
NEGATIVE_CLOSERS = (
    "",
    "",
    " Not again.",
    " Very disappointing.",
    " I expected more.",
    " Please do something about it.",
    " I am annoyed.",
    " That was the last time.",
    " What a pity.",
    " Nobody seems to care.",
)
POSITIVE_CLOSERS = (
    "",
    "",
    " Thank you!",
    " Keep it up.",
    " Happy to come back.",
    " Very pleased.",
    " Can only recommend it.",
    " Great.",
    " I will tell my friends.",
    " Well done.",
)

# theme -> (complaints, praise, details that say nothing of the mood)
THEMES = {
    "delivery": (
        (
            "The parcel arrived four days late.",
            "Delivery took more than a week.",
            "The courier never rang and left.",
            "My shipment got lost on the way.",
            "The delivery date was moved three times.",
            "Tracking showed nothing for days.",
            "The driver left the parcel in the rain.",
            "Express shipping was anything but fast.",
        ),
        (
            "The parcel came the very next day.",
            "Delivery was fast and on time.",
            "The courier was punctual and careful.",
            "Shipping was quicker than promised.",
            "Tracking worked to the minute.",
            "The driver carried it to the third floor.",
        ),
        (
            "It went to the parcel shop.",
            "The delivery window was Tuesday morning.",
            "The shipment came in two parcels.",
            "The courier changed this summer.",
        ),
    ),
    "packaging": (
        (
            "The box was crushed and the glass broken.",
            "Half of it leaked because of thin wrapping.",
            "A huge carton for one tiny thing, full of plastic.",
            "The lid was open inside the box.",
            "The wrapping was torn and dirty.",
            "Far too much plastic foil around everything.",
            "The jar broke since nothing padded it.",
        ),
        (
            "Everything was wrapped with care.",
            "The box was sturdy and without plastic.",
            "Nicely padded, nothing broken.",
            "Lovely wrapping, ready as a gift.",
            "The carton was just the right size.",
        ),
        (
            "The box was brown cardboard.",
            "There was paper padding in the carton.",
            "The wrapping had the new logo.",
        ),
    ),
    "quality": (
        (
            "The pan lost its coating after two weeks.",
            "It broke on the first use.",
            "The material feels cheap and thin.",
            "It tastes stale.",
            "The seam came apart at once.",
            "The colour looks nothing like the picture.",
            "Poor workmanship, it wobbles.",
            "The battery died within a month.",
        ),
        (
            "Excellent quality, solid and well made.",
            "It tastes wonderful.",
            "The material feels robust and fine.",
            "Still like new after months of use.",
            "The workmanship is superb.",
            "Exactly as in the picture, lovely colour.",
        ),
        (
            "I use it every morning.",
            "It is the larger model.",
            "The material is cotton.",
            "I bought the blue one.",
        ),
    ),
    "price": (
        (
            "It has become far too expensive.",
            "The price went up again without notice.",
            "Poor value for money.",
            "Other shops sell it for half the price.",
            "The discount did not apply at the till.",
            "Prices rise every few months.",
            "The voucher was worth nothing.",
        ),
        (
            "Great value for money.",
            "A fair price, cheaper than elsewhere.",
            "The discount was generous.",
            "The voucher saved me a lot.",
            "Good offers every week, my budget is grateful.",
        ),
        ("I paid 14 euro for it.", "There was a price tag on it.", "I compared several offers."),
    ),
    "staff": (
        (
            "The assistant was rude and in a hurry.",
            "Nobody in the shop could answer my question.",
            "I waited an hour on the hotline.",
            "The lady at the desk ignored me.",
            "The agent on the phone hung up on me.",
            "The staff knew less than I did.",
            "Three calls and three different answers from the hotline.",
        ),
        (
            "The assistant was friendly and took her time.",
            "The staff gave excellent advice.",
            "The man on the hotline solved it in two minutes.",
            "Such kind people at the desk.",
            "The agent called back as promised.",
        ),
        (
            "I spoke to a young man at the desk.",
            "The hotline opens at eight.",
            "There were two assistants in the shop.",
        ),
    ),
    "app": (
        (
            "The app crashes at the checkout.",
            "I could not log in for days.",
            "The website is slow and confusing.",
            "The search finds nothing useful.",
            "My basket was empty after the update.",
            "The password reset link does not work.",
            "The app freezes when I scan the code.",
        ),
        (
            "The app is quick and clear.",
            "Ordering on the website took one minute.",
            "The new search is brilliant.",
            "Login with a fingerprint works perfectly.",
            "The checkout is simple, even for me.",
        ),
        ("I use the app on a tablet.", "The website has a new menu.", "I updated it on Monday."),
    ),
    "returns": (
        (
            "I am still waiting for my refund.",
            "The return label was missing.",
            "They refused the exchange without a reason.",
            "Six weeks and no money back.",
            "Sending it back cost me more than the thing.",
            "The return form is a riddle.",
            "They claim the returned goods never came.",
        ),
        (
            "The refund was there after two days.",
            "Returning it was free and easy.",
            "They exchanged it at once, no questions.",
            "The return label was already in the box.",
            "Got my money back without any fuss.",
        ),
        (
            "I sent it back on Friday.",
            "The exchange was for a larger size.",
            "I kept the receipt for the return.",
        ),
    ),
    "membership": (
        (
            "My membership fee was charged twice.",
            "The invoice of the club card is wrong.",
            "The membership became dearer and offers less.",
            "I cannot cancel my membership anywhere.",
            "My bonus points vanished.",
            "The direct debit came a week too early.",
            "The club benefits did not apply to my account.",
        ),
        (
            "The membership pays for itself.",
            "Bonus points every month, I love the club.",
            "The invoice is clear and the fee is fair.",
            "Club members get real benefits.",
            "Changing my plan took one click.",
        ),
        ("I have the family plan.", "My membership started in spring.", "The fee is due monthly."),
    ),
}

# What personal data stand in; {value} is replaced.
PERSONAL = {
    "name": (" Kind regards, {value}", " My name is {value}.", " Yours, {value}"),
    "email": (" Write to me at {value}.", " My e-mail is {value}.", " Please answer to {value}"),
    "phone": (" Call me on {value}.", " My number is {value}.", " Phone: {value}"),
    "card": (" I paid with card {value}.", " The card number is {value}.", " Card: {value}"),
}
